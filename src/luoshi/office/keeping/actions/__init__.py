"""What keeping a deployment writes into its journal."""
