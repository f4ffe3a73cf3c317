"""What Grappe keeps: the home folder, the store and its generations, queries and export."""
