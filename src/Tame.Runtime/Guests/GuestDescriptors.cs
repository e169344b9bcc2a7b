using Tame.IO;

namespace Tame.Guests;

/// <summary>A guest's file descriptors between two turns. The poller of the process watches the guest's poller, which is itself a file descriptor.</summary>
internal sealed class GuestDescriptors(GuestTurns guest) : Message, IDisposable
{
    private SharedPoller? _poller;
    private ulong _datum;
    private int _watched = -1;
    private bool _isArmed;

    /// <summary>Makes the guest run a turn when one of its file descriptors is ready. Call it in a turn of the guest.</summary>
    public void Arm()
    {
        int descriptor = guest.Loop.Descriptors().Handle;
        if (_isArmed && descriptor == _watched)
            return;
        if (_poller is null)
        {
            _poller = SharedPoller.OfProcess;
            _datum = _poller.Add(this);
        }
        _poller.Watch(descriptor, isNew: descriptor != _watched, _datum);
        (_watched, _isArmed) = (descriptor, true);
    }

    /// <summary>Called by the poller's thread when some of them are ready.</summary>
    public void Ready() => guest.Loop.Send(this);

    public void Dispose() => _poller?.Remove(_datum);

    internal override void Run(EventLoop loop)
    {
        _isArmed = false;
        loop.PollInTurn();
    }

    /// <summary>An ended loop has no file descriptors.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
