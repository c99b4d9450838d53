# Tra cứu và theo dõi hồ sơ.
