namespace Tame;

/// <summary>
/// What any thread sends to a loop through its inbox. One of the two methods is called, once, on a thread that the loop's own code may run on: so each kind of
/// message says what happens where the loop ends before. This is rule 2 of docs/threads.md.
/// </summary>
internal abstract class Message : Linked
{
    internal abstract override void Run(EventLoop loop);

    internal abstract override void Drop(EventLoop loop);

    /// <summary>The loop's thread takes this from the inbox.</summary>
    internal virtual void Arrive(EventLoop loop) => Run(loop);
}
