using Tame.CompilerServices;

namespace Tame;

/// <summary>The hooks of several events that complete together, in the order in which the events were created.</summary>
internal struct HookList
{
    private List<Hook>? _lists;

    /// <summary>Adds the hooks of one event.</summary>
    public void Add(Hook? hooks)
    {
        if (hooks is not null)
            (_lists ??= []).Add(hooks);
    }

    /// <summary>Calls all hooks, and drains the completions that they chain.</summary>
    public readonly void Call(EventLoop loop)
    {
        if (_lists is null)
            return;
        foreach (var hooks in _lists)
            Hook.CallAll(hooks, loop);
        loop.DrainChain();
    }
}
