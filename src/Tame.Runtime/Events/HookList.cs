using Tame.CompilerServices;

namespace Tame;

/// <summary>The hooks of several events that complete at once, in the order in which the events were made.</summary>
internal struct HookList
{
    private List<Hook>? _lists;

    /// <summary>Adds the hooks of one event.</summary>
    public void Add(Hook? hooks)
    {
        if (hooks is not null)
            (_lists ??= []).Add(hooks);
    }

    /// <summary>Calls all hooks, and completes what they chain.</summary>
    public readonly void Call(EventLoop loop)
    {
        if (_lists is null)
            return;
        foreach (var hooks in _lists)
            Hook.CallAll(hooks, loop);
        loop.DrainChain();
    }
}
