raise ImportError("this is not numpy")
