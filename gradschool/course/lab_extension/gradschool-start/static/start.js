// The start page as a tab of JupyterLab. JupyterLab loads this file as it is: it is written in the form
// that a build would give (a container of "./extension"), because one page does not need a build.

"use strict";

(() => {
  const STYLE = new URL("start.css", document.currentScript.src).href;
  const POLL = 250; // milliseconds between two questions to the server while a look goes on
  let shared; // JupyterLab's own packages, by name and version

  async function load(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  async function plugin() {
    const [{ Widget }, { ServerConnection }, { ICommandPalette }, { ILauncher }] = await Promise.all(
      ["@lumino/widgets", "@jupyterlab/services", "@jupyterlab/apputils", "@jupyterlab/launcher"].map(load),
    );
    const settings = ServerConnection.makeSettings();

    async function ask(method) {
      const url = `${settings.baseUrl}gradschool/start`;
      const answer = await ServerConnection.makeRequest(url, { method }, settings);
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      return answer.json();
    }

    class StartPage extends Widget {
      constructor(app) {
        super();
        this.app = app;
        this.id = "gradschool-start";
        this.title.label = "Start";
        this.title.closable = true;
        this.addClass("gs-start");
        this.node.tabIndex = -1;
        this.page = this.node.appendChild(document.createElement("div"));
        this.page.className = "gs-page";
        this.live = this.node.appendChild(document.createElement("div"));
        this.live.className = "gs-live";
        this.live.role = "status";
        this.folded = new Set(); // the problem sets that were folded or unfolded by hand
        this.turn = Promise.resolve();
        this.page.addEventListener("click", event => this.clicked(event));
      }

      onAfterShow() {
        this.refresh();
      }

      onCloseRequest(message) {
        super.onCloseRequest(message);
        clearTimeout(this.timer);
        this.dispose();
      }

      // One question at a time: answers must not overtake each other.
      refresh(method = "GET") {
        this.turn = this.turn.then(async () => {
          try {
            const { html, looking } = await ask(method);
            if (!this.isDisposed) this.update_(html, looking);
          } catch (error) {
            this.say(`The page cannot be brought up to date: ${error.message}. Is the server still running?`);
          }
        });
        return this.turn;
      }

      // New content, without a jump of the page, of the focus, or of what was folded out by hand.
      update_(html, looking) {
        clearTimeout(this.timer);
        if (looking) this.timer = setTimeout(() => this.refresh(), POLL);
        if (html === this.html) return;
        const focused = this.page.contains(document.activeElement) ? this.name(document.activeElement) : null;
        const folds = [...this.page.querySelectorAll("details")].map(fold => [fold.dataset.set, fold.open]);
        const { scrollTop } = this.node;
        this.page.innerHTML = this.html = html;
        for (const [set, open] of folds) {
          const fold = this.page.querySelector(`details[data-set="${set}"]`);
          if (fold && this.folded.has(set)) fold.open = open;
        }
        this.node.scrollTop = scrollTop;
        if (focused) this.page.querySelector(focused)?.focus({ preventScroll: true });
        this.announce();
      }

      // A selector that finds the same link, button or fold in the next version of the page.
      name(element) {
        if (element.dataset.path) {
          const cell = element.dataset.cell ? `[data-cell="${element.dataset.cell}"]` : ":not([data-cell])";
          return `a[data-path="${CSS.escape(element.dataset.path)}"]${cell}`;
        }
        if (element.tagName === "SUMMARY") return `details[data-set="${element.parentElement.dataset.set}"] > summary`;
        return element.tagName === "BUTTON" ? ".gs-look-again" : null;
      }

      say(words) {
        const status = this.page.querySelector(".gs-status");
        if (status) status.textContent = words;
        else this.page.textContent = words;
        this.announce();
      }

      // A screen reader hears what changes in a region that stays, not a region that is new.
      announce() {
        const words = (this.page.querySelector(".gs-status") ?? this.page).textContent;
        if (this.live.textContent !== words) this.live.textContent = words;
      }

      async clicked(event) {
        const fold = event.target.closest("summary");
        if (fold) this.folded.add(fold.parentElement.dataset.set);
        const link = event.target.closest("a[data-path]");
        if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
          event.preventDefault();
          await this.open(link.dataset.path, link.dataset.cell);
        }
        const button = event.target.closest(".gs-look-again");
        if (button && button.ariaDisabled !== "true") await this.look();
      }

      async open(path, cell) {
        const opened = await this.app.commands.execute("docmanager:open", { path, factory: "default" });
        await opened?.context?.ready;
        await opened?.revealed;
        const notebook = opened?.content;
        const index = notebook?.widgets?.findIndex(widget => widget.model?.id === cell) ?? -1;
        if (index < 0) return;
        notebook.activeCellIndex = index;
        await this.scrollTo(notebook, index);
      }

      // Cells above that are drawn after we have scrolled push this one away: again, until it stays, or the reader moves.
      async scrollTo(notebook, index) {
        const { node } = notebook, cell = notebook.widgets[index].node, moves = ["wheel", "keydown", "pointerdown"];
        let moved = false, steady = 0;
        const stop = () => (moved = true);
        for (const kind of moves) node.addEventListener(kind, stop, { passive: true });
        for (let tries = 0; tries < 40 && steady < 3 && !moved; tries++) {
          if (!steady) await notebook.scrollToItem(index, "start");
          await new Promise(drawn => setTimeout(drawn, 150));
          const below = cell.getBoundingClientRect().top - node.getBoundingClientRect().top;
          steady = cell.isConnected && Math.abs(below) < node.clientHeight / 3 ? steady + 1 : 0;
        }
        for (const kind of moves) node.removeEventListener(kind, stop);
      }

      async look() {
        this.say("Saving what is open ...");
        await this.app.commands.execute("docmanager:save-all").catch(() => {});
        await this.refresh("POST");
      }
    }

    return {
      id: "gradschool-start:plugin",
      autoStart: true,
      optional: [ICommandPalette, ILauncher],
      activate: (app, palette, launcher) => {
        const style = document.head.appendChild(document.createElement("link"));
        Object.assign(style, { rel: "stylesheet", href: STYLE });

        let start;
        const show = (options = {}) => {
          if (!start || start.isDisposed) {
            start = new StartPage(app);
            start.refresh();
            app.shell.add(start, "main", { mode: "tab-before", ...options });
          } else if (options.activate !== false) {
            app.shell.activateById(start.id);
          }
        };
        const command = "gradschool:start";
        app.commands.addCommand(command, {
          label: "Start page",
          caption: "What to do next, and what passes",
          execute: () => show(),
        });
        palette?.addItem({ command, category: "Gradient School" });
        launcher?.add({ command, category: "Other", rank: 0 });

        // A saved notebook may have changed what the page says.
        app.serviceManager.contents.fileChanged.connect((_, change) => {
          if (start?.isVisible && change.newValue?.path?.endsWith(".ipynb")) start.refresh();
        });
        // Whoever comes by a link to a notebook, or reloads, finds that notebook in front.
        const elsewhere = /\/tree\/./.test(window.location.pathname);
        app.restored.then(() => show({ activate: !elsewhere }));
      },
    };
  }

  const container = {
    init: async scope => {
      shared = scope;
    },
    get: async () => {
      const module = { __esModule: true, default: await plugin() };
      return () => module;
    },
  };
  (window._JUPYTERLAB ??= {})["gradschool-start"] = container;
})();
