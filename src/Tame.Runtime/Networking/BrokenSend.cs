namespace Tame;

/// <summary>Represents the last send of a connection, if something else completed its event after a part was sent. Few connections have it.</summary>
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
