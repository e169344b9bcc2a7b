using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame.Interop;

/// <summary>
/// An array of <c>struct epoll_event</c> that the collector does not move. Each has 32 bits of ready flags and a 64-bit datum, packed to twelve bytes on x86
/// and x64 only.
/// </summary>
internal sealed unsafe class EpollEvents(int capacity)
{
    public const int MaxSize = 16;
    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const uint Error = 0x008;
    public const uint Hangup = 0x010;
    public const uint OneShot = 1u << 30;
    public const uint EdgeTriggered = 1u << 31;

    private readonly byte[] _events = GC.AllocateArray<byte>(capacity * Size, pinned: true);

    public static int Size => DataOffset + sizeof(ulong);

    public int Capacity => capacity;

    public byte* Pointer => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_events));

    private static int DataOffset =>
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? sizeof(uint) : sizeof(ulong);

    public (uint Ready, ulong Datum) this[int index]
    {
        get
        {
            ref byte item = ref _events[index * Size];
            return (Unsafe.ReadUnaligned<uint>(ref item), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref item, DataOffset)));
        }
    }

    /// <summary>Writes one event to the location that <c>epoll_ctl</c> reads.</summary>
    public static void Write(byte* item, uint interest, ulong datum)
    {
        Unsafe.WriteUnaligned(item, interest);
        Unsafe.WriteUnaligned(item + DataOffset, datum);
    }
}
