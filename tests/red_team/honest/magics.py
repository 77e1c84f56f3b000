# Magics of all sorts, of which some cannot work here.
# deserves: slope 3, gradient 3, dual 3
# %% top
%load_ext autoreload
%autoreload 2
%config InlineBackend.figure_format = 'retina'
# %% after slope
%%time
sum(range(1000))
# %% after gradient
%pip --version
!pip --version
%cd /tmp
%who
# %% after dual
%nosuchmagic
