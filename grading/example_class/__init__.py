"""Start a class, and an example of one: simulated submissions on their way from release to report."""
