from types import SimpleNamespace

current_platform = SimpleNamespace(is_cpu=lambda: True, is_cuda=lambda: False)
