using System.Runtime.InteropServices;

namespace Tame.Interop;

/// <summary>A <c>struct pollfd</c>; it and these flags are the same on Linux, the BSDs, macOS and illumos.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollItem
{
    public const short In = 0x001;
    public const short Out = 0x004;
    public const short Error = 0x008;
    public const short Hangup = 0x010;
    public const short NotOpen = 0x020;

    public int Descriptor;
    public short Interest;
    public short Ready;
}
