"""Features: what people computed from pictures before networks learned to. One module for each."""
