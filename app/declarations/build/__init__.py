"""Models of files into the frozen definitions of the domain, each reference resolved and each condition typed."""
