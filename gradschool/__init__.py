"""Gradient School: a course on automatic differentiation whose exercises check your gradients."""
