namespace Tame;

/// <summary>
/// An object that any thread sends to a loop through its inbox. If the inbox accepts it, exactly one of <see cref="Run"/> and <see cref="Drop"/> is called,
/// once: the loop runs the message, or the thread that ends the loop drops it. So each kind of message defines what happens if the loop ends first. If the
/// inbox does not accept it, neither is called, unless the sender itself calls Drop. This is rule 2 of docs/threads.md.
/// </summary>
internal abstract class Message : Linked
{
    internal abstract override void Run(EventLoop loop);

    internal abstract override void Drop(EventLoop loop);

    /// <summary>The loop's thread takes this from the inbox.</summary>
    internal virtual void Arrive(EventLoop loop) => Run(loop);
}
