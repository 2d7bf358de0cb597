"""The demo region: three invented schools written as national files, and the cast that lives in them."""
