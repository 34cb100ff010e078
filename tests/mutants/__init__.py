"""Do the tests of the rules notice a mistake in the rules? Run by `./rtc test --mutants`."""
