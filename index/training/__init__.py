"""Training of the shipped embedding model, from open data to the folder `index/model/`."""
