# Every target makes the environment that it needs, so that any one command works on a fresh clone.

ifeq ($(OS),Windows_NT)
  BIN := .venv/Scripts
else
  BIN := .venv/bin
endif
RUN := $(BIN)/python -m gradschool.cli
UV := $(shell command -v uv 2>/dev/null)
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(SUPPORTED)' 2>/dev/null && echo $$p && break; done)

# Two environments in one folder: what a student needs, and everything.
STUDENT := .venv/student.ready
ALL := .venv/all.ready

NOTEBOOKS := $(foreach t,$(wildcard course/*/*.md),$(if $(filter ps%,$(notdir $t)),,$(t:.md=.ipynb)))
RELEASED := $(foreach p,$(basename $(notdir $(wildcard course/*/ps*.md))),release/$p/$p.ipynb)
MISSING := $(filter-out $(wildcard $(NOTEBOOKS) $(RELEASED)),$(NOTEBOOKS) $(RELEASED))

.PHONY: help lab progress test check mutants bench bench-check bench-engine bench-course bench-grade notebooks release site pdf solutions collect grade report formgrader lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

lab: $(STUDENT) ## copy lectures and problem sets into work/ and open JupyterLab there (LAB="--no-browser")
	@$(if $(MISSING),$(MAKE) --no-print-directory release,:)
	@$(RUN) lab $(LAB)

progress: $(STUDENT) ## run what changed in work/ and say which questions pass (the start page has a button for it)
	@$(RUN) progress

test: $(ALL) ## everything that must hold, in minutes (WORKERS=3: tests at once, for many of them wait)
	@$(BIN)/python -m pytest -n $(or $(WORKERS),3) --dist loadfile --no-loadscope-reorder

check: $(ALL) ## rebuild one unit and run what tests it: make check UNIT=1
	@$(RUN) check "$(or $(UNIT),$(error say which unit: make check UNIT=1))"

mutants: $(ALL) ## plant mistakes in right gradients and count what the check finds (SEEDS=20)
	@$(BIN)/python -m tests.check.mutation --seeds $(or $(SEEDS),20)

bench: bench-check bench-engine bench-course bench-grade ## every benchmark; figures are ratios within one run

bench-check: $(ALL) ## our gradient check beside scipy's, autograd's, torch's and CS231n's (SEEDS=3)
	@$(BIN)/python -m tests.check.peers --seeds $(or $(SEEDS),3)

bench-engine: $(ALL) ## the engine beside hand-written backpropagation, autograd, torch and jax
	@$(BIN)/python -m tests.engine.bench

bench-course: $(ALL) ## seconds of every notebook; what the answer bank holds and catches (SEEDS=1)
	@$(BIN)/python tests/bench_course.py --seeds $(or $(SEEDS),1)

bench-grade: $(ALL) ## grading beside stock nbgrader, on the same submissions (SUBMISSIONS=40; CLASS=10000: a big class)
	@$(BIN)/python tests/bench_grade.py --submissions $(or $(SUBMISSIONS),40) $(if $(JOBS),--jobs $(JOBS)) $(if $(CLASS),--class $(CLASS))

notebooks: $(ALL) ## build every notebook from its text
	@$(RUN) notebooks

release: notebooks ## have nbgrader write release/ from source/ (PS=ps1 for one)
	@$(RUN) release $(PS)

site: $(ALL) ## build the course as a site, into build/site (only lectures that changed are run)
	@$(RUN) site

pdf: $(ALL) ## the lectures as one PDF for print, into build/print (needs TeX; says what to install)
	@$(RUN) pdf

solutions: $(ALL) ## write solutions/: every answer with a comment, every check run (PS=ps1 for one)
	@$(RUN) solutions $(PS)

collect: $(ALL) ## bring in submissions from an LMS: make collect ZIP=ps1.zip
	@$(RUN) collect "$(or $(ZIP),$(error say which file: make collect ZIP=ps1.zip))" $(if $(PS),--ps "$(PS)")

grade: $(ALL) ## grade a class: make grade PS=ps1 (JOBS=2; REGRADE=1: again; VERIFY=10: derive so many marks again; TRUST=1: without a sandbox)
	@$(RUN) grade "$(or $(PS),$(error say which problem set: make grade PS=ps1))" $(if $(REGRADE),--regrade) $(if $(TRUST),--trust-submissions) $(if $(JOBS),--jobs $(JOBS)) $(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(if $(VERIFY),--verify $(VERIFY))

report: $(ALL) ## the class report, and marks for Moodle and Canvas: make report PS=ps1 (CANVAS=gradebook.csv CANVAS_COLUMN="...")
	@$(RUN) report "$(or $(PS),$(error say which problem set: make report PS=ps1))" \
		$(if $(CANVAS),--canvas "$(CANVAS)") $(if $(CANVAS_COLUMN),--canvas-column "$(CANVAS_COLUMN)")

formgrader: $(ALL) ## look at the graded class in nbgrader's formgrader (LAB="--no-browser")
	@$(RUN) formgrader $(LAB)

lock: ## resolve requirements.lock anew, for all supported Pythons (needs uv)
	@$(if $(UV),:,echo "uv is missing: python3 -m pip install uv" >&2; exit 1)
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest --all-extras \
		--no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	@$(PYTHON) gradschool/course/environment.py

clean: ## remove the environment and caches; nothing that a person made
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis gradschool.egg-info

$(STUDENT): pyproject.toml requirements.lock | .venv
	@echo "Installing what the course needs into .venv ..."
	@$(call install,.)
	@touch $@

$(ALL): pyproject.toml requirements.lock | .venv
	@echo "Installing what the course and its tests need into .venv ..."
	@$(call install,.[dev])
	@touch $@ $(STUDENT)

.venv:
	@$(if $(PYTHON),:,echo "Python 3.11, 3.12 or 3.13 is missing. Debian and Ubuntu: apt install \
	python3 python3-venv; macOS: brew install python@3.13; Windows: winget install Python.Python.3.13. \
	If it lies elsewhere: make PYTHON=/path/to/python ..." >&2; exit 1)
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) .venv,$(PYTHON) -m venv .venv || { rm -rf .venv; \
	echo "Python could not make an environment. Debian and Ubuntu: apt install python3-venv" >&2; exit 1; })

# An environment that uv made has no pip; it gets one where uv has gone.
define install
$(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,{ $(BIN)/python -m pip --version >/dev/null 2>&1 || \
$(BIN)/python -m ensurepip >/dev/null; } && $(BIN)/python -m pip install --quiet \
--disable-pip-version-check) --constraint requirements.lock --editable '$(1)'
endef
