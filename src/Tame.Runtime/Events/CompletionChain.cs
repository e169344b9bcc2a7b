using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The links that completions add, run one after the other, so that a million links need no stack. Which code drains it: rule 7 of docs/threads.md. Use it
/// on the loop's thread.
/// </summary>
internal struct CompletionChain
{
    private Ring<Work> _links;

    public readonly bool IsEmpty => _links.Count == 0;

    public void Add(Work link) => _links.Add(link);

    /// <summary>Runs all links, including those that they add.</summary>
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
    /// Continues a drain from the ready queue if the stack is nearly exhausted, unless an outer drain does so first. Drains can be nested, because the chain
    /// runs user functions.
    /// </summary>
    private sealed class LaterDrain : Work
    {
#if DEBUG
        internal override bool IsFree { get; set; }
#endif

        internal override void Run(EventLoop loop) => loop.DrainChain();
    }
}
