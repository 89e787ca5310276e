"""What the pictures of a batch count: histograms, contributions, classes, confusions. Arrays in, frozen results out."""
