# Many large figures, and pictures that are not shown.
# deserves: slope 3, gradient 3, dual 3
# %% after slope
%matplotlib inline
import matplotlib.pyplot as plt
for _ in range(4):
    plt.figure(figsize=(12, 9))
    plt.imshow(np.random.default_rng(0).random((300, 300)))
    plt.show()
plt.figure();
