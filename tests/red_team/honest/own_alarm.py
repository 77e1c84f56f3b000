# Measures time with an alarm of its own, and takes it back.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
import signal, time
rung = []
before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(0.2)
signal.signal(signal.SIGALRM, before)
assert rung
