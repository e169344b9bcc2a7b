using Microsoft.Win32.SafeHandles;
using Tame.Interop;

namespace Tame.IO;

/// <summary>Wakes through an eventfd, which must be watched edge-triggered: the written value is never read.</summary>
internal sealed unsafe class EventFdSignal : WakeSignal
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private readonly SafeFileHandle _eventFd;

    public EventFdSignal()
    {
        int fd = Libc.EventFd(0, NonBlocking | CloseOnExec);
        if (fd < 0)
            throw DescriptorErrors.NoPoller("eventfd", Libc.LastError);
        _eventFd = new SafeFileHandle(fd, ownsHandle: true);
    }

    public int Descriptor => (int)_eventFd.DangerousGetHandle();

    public override void Dispose() => _eventFd.Dispose();

    protected override void Write()
    {
        ulong one = 1;
        _ = Libc.Write(_eventFd, &one, sizeof(ulong));
    }
}
