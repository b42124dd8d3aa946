"""Generation with vLLM: requests and completions, engines here or in Ray, our kernel for decoding."""
