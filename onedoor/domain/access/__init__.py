"""Who may do what, where: logins, roles, grants, devices, codes and the two trees of units."""
