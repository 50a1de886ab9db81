"""The drop-box: folders into which units lay their files, emptied by a sweep that answers each of them."""
