using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>Linux messages that carry descriptors: bytes, and control data of the kind SCM_RIGHTS.</summary>
internal static unsafe class HandleMessage
{
    /// <summary>The system's SCM_MAX_FD.</summary>
    public const int MostHandles = 253;

    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int ControlIsCutOff = 0x8;
    private const int CloseReceivedOnExec = 0x40000000;

    /// <summary>Sends as many bytes as the system takes, and the handles with the first of them. Returns the result of the system call.</summary>
    /// <exception cref="ObjectDisposedException">A handle is closed.</exception>
    public static nint Send(SocketHandle socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<SafeHandle> handles)
    {
        byte* control = stackalloc byte[SizeFor(MostHandles)];
        int held = 0;
        try
        {
            for (bool isHeld = false; held < handles.Length; held++, isHeld = false)
            {
                handles[held].DangerousAddRef(ref isHeld);
                ((int*)(control + sizeof(ControlHeader)))[held] = (int)handles[held].DangerousGetHandle();
            }
            *(ControlHeader*)control = new ControlHeader { Length = sizeof(ControlHeader) + handles.Length * sizeof(int), Level = SocketLevel, Type = Rights };
            fixed (byte* start = bytes)
            {
                var part = new BufferPart { Start = start, Count = bytes.Length };
                var message = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlSize = handles.IsEmpty ? 0 : SizeFor(handles.Length) };
                return SocketCalls.SendMessage(socket.Number, &message, SocketCalls.NoSignal);
            }
        }
        finally
        {
            while (held-- > 0)
                handles[held].DangerousRelease();
        }
    }

    /// <summary>Receives bytes, and the handles that come with them. Returns the result of the system call.</summary>
    /// <exception cref="IOException">The process had no free descriptor for a handle. The other handles were closed.</exception>
    public static nint Receive(SocketHandle socket, Span<byte> bytes, out SafeFileHandle[] handles)
    {
        handles = [];
        byte* control = stackalloc byte[SizeFor(MostHandles)];
        fixed (byte* start = bytes)
        {
            var part = new BufferPart { Start = start, Count = bytes.Length };
            var message = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlSize = SizeFor(MostHandles) };
            nint count = SocketCalls.ReceiveMessage(socket.Number, &message, CloseReceivedOnExec);
            if (count < 0)
                return count;
            if (message.ControlSize != 0)
                handles = [.. HandlesIn(new ReadOnlySpan<byte>(control, (int)message.ControlSize))];
            if ((message.Flags & ControlIsCutOff) == 0)
                return count;
        }
        foreach (var handle in handles)
            handle.Dispose();
        throw HandleErrors.Lost(handles.Length);
    }

    private static List<SafeFileHandle> HandlesIn(ReadOnlySpan<byte> control)
    {
        var handles = new List<SafeFileHandle>();
        while (control.Length >= sizeof(ControlHeader))
        {
            var header = MemoryMarshal.Read<ControlHeader>(control);
            if (header is { Level: SocketLevel, Type: Rights })
            {
                foreach (int fd in MemoryMarshal.Cast<byte, int>(control[sizeof(ControlHeader)..(int)header.Length]))
                    handles.Add(new SafeFileHandle(fd, ownsHandle: true));
            }
            control = control[Math.Min(Aligned((int)header.Length), control.Length)..];
        }
        return handles;
    }

    private static int SizeFor(int handles) => Aligned(sizeof(ControlHeader) + handles * sizeof(int));

    private static int Aligned(int size) => (size + sizeof(nint) - 1) & -sizeof(nint);

    /// <summary><c>struct cmsghdr</c>.</summary>
    private struct ControlHeader
    {
        public nint Length;
        public int Level;
        public int Type;
    }
}
