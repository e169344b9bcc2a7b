using Tame.IO;

namespace Tame.Guests;

/// <summary>A guest's descriptors between two turns: the poller of the process watches the poller of the guest, which is a descriptor itself.</summary>
internal sealed class GuestDescriptors(GuestTurns guest) : Message, IDisposable
{
    private SharedPoller? _poller;
    private ulong _datum;
    private int _watched = -1;
    private bool _isArmed;

    /// <summary>Has the guest make a turn when one of its descriptors is ready. In its turn.</summary>
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

    /// <summary>Some are ready. The poller's thread.</summary>
    public void Ready() => guest.Loop.Send(this);

    public void Dispose() => _poller?.Remove(_datum);

    internal override void Run(EventLoop loop)
    {
        _isArmed = false;
        loop.PollInTurn();
    }

    /// <summary>An ended loop has no descriptors.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
