namespace Tame;

/// <summary>
/// An object that any thread sends to a loop through its inbox. One of the two methods is called, once, on a thread on which the loop's own code may run. So
/// each kind of message defines what happens if the loop ends first. This is rule 2 of docs/threads.md.
/// </summary>
internal abstract class Message : Linked
{
    internal abstract override void Run(EventLoop loop);

    internal abstract override void Drop(EventLoop loop);

    /// <summary>The loop's thread takes this from the inbox.</summary>
    internal virtual void Arrive(EventLoop loop) => Run(loop);
}
