using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>What completions complete in their turn, one after the other, so that a million links need no stack. Who drains it: rule 7 of docs/threads.md. On the loop's thread.</summary>
internal struct CompletionChain
{
    private Ring<Work> _links;

    public readonly bool IsEmpty => _links.Count == 0;

    public void Add(Work link) => _links.Add(link);

    /// <summary>Runs all links, those included that they add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drain(EventLoop loop)
    {
        if (_links.Count != 0)
            DrainAll(loop);
    }

    public void Trim() => _links.Trim();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DrainAll(EventLoop loop)
    {
        if (!loop.IsHere && !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            loop.AddReady(new LaterDrain());
            return;
        }
        while (_links.Count != 0)
            _links.Take().Run(loop);
    }

    /// <summary>
    /// Functions of users run from the chain, so that draining can be nested; where the stack runs short, it goes on from the ready queue, or where a drain further out does.
    /// </summary>
    private sealed class LaterDrain : Work
    {
#if DEBUG
        internal override bool IsFree { get; set; }
#endif

        internal override void Run(EventLoop loop) => loop.DrainChain();
    }
}
