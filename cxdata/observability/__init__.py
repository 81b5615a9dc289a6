"""What the running program tells its operator: ids through a request, lines of the log, times of questions."""
