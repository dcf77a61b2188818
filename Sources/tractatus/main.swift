print("tractatus")
