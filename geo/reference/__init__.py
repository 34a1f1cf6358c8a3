"""France as it is: communes, territories, names, sources, and the pipeline that builds them."""
