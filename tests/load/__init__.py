"""What locust runs; `./rtc measure pages closing_hour` starts it and reads its figures."""
