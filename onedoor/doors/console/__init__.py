"""The console of heads, ministries and the owner of the network: the country live, key figures, the Monday page."""
