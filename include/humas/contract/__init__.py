"""The data contract: columns, vocabulary, rules, and validation generated from them."""
