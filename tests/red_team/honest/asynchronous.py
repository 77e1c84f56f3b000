# Awaits in cells, and runs a loop inside an answer.
# deserves: slope 3, gradient 3, dual 3
# %% top
import asyncio
await asyncio.gather(*(asyncio.sleep(0.01) for _ in range(3)))
