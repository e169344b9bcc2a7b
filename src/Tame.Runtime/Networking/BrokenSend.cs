namespace Tame;

/// <summary>Stands for the last send of a connection, whose event completed otherwise after a part was sent. Few connections have it.</summary>
internal sealed class BrokenSend(long sent) : Operation
{
    public long Sent => sent;

    protected override bool Attempt() => true;

    protected override void StartWaiting()
    {
    }

    protected override void StopWaiting()
    {
    }

    protected override void Release()
    {
    }
}
