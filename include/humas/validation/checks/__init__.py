"""Row rules of the field: pure functions over the coerced frame, each the body of one expectation class."""
