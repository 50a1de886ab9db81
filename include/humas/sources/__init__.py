"""Where data comes from: API and files, over HTTP with budgets, or from folders."""
