using System.Runtime.CompilerServices;
using Tame.Runtime.Tests.Running;

namespace Tame.Stages.Tests.Running;

/// <summary>
/// What threads share in an exploration, and what an access to it does. It may plant a fault there. Only plain writes of numbers of 32 bits wait in a store buffer; an access to a number of 64 bits is one
/// step, which every thread sees at once.
/// </summary>
internal abstract unsafe class ExploredWorld
{
    public virtual int Exchange(ref int place, int value)
    {
        nint address = AddressOf(ref place);
        return Schedule.Current.Atomic(() => Interlocked.Exchange(ref *(int*)address, value));
    }

    public virtual long Exchange(ref long place, long value)
    {
        nint address = AddressOf(ref place);
        return Schedule.Current.Atomic(() => Interlocked.Exchange(ref *(long*)address, value));
    }

    public virtual bool TryChange(ref int place, int from, int to)
    {
        nint address = AddressOf(ref place);
        return Schedule.Current.Atomic(() => Interlocked.CompareExchange(ref *(int*)address, to, from) == from);
    }

    public virtual bool TryChange(ref long place, long from, long to)
    {
        nint address = AddressOf(ref place);
        return Schedule.Current.Atomic(() => Interlocked.CompareExchange(ref *(long*)address, to, from) == from);
    }

    public virtual void Write(ref long place, long value) => Exchange(ref place, value);

    public static long Read(ref readonly long place)
    {
        nint address = AddressOf(ref Unsafe.AsRef(in place));
        return Schedule.Current.Atomic(() => *(long*)address);
    }

    public static int Add(ref int place, int change)
    {
        nint address = AddressOf(ref place);
        return Schedule.Current.Atomic(() => Interlocked.Add(ref *(int*)address, change));
    }

    protected static nint AddressOf<T>(ref T place) => (nint)Unsafe.AsPointer(ref place);
}

/// <summary>Memory whose every access is a step of the schedule.</summary>
internal readonly struct ExploredMemory : IStageMemory
{
    private static ExploredWorld World => (ExploredWorld)Schedule.Current.World!;

    public static int Read(ref readonly int place) => Schedule.Current.Read(in place);

    public static long Read(ref readonly long place) => ExploredWorld.Read(in place);

    public static void Write(ref long place, long value) => World.Write(ref place, value);

    public static int Exchange(ref int place, int value) => World.Exchange(ref place, value);

    public static long Exchange(ref long place, long value) => World.Exchange(ref place, value);

    public static bool TryChange(ref int place, int from, int to) => World.TryChange(ref place, from, to);

    public static bool TryChange(ref long place, long from, long to) => World.TryChange(ref place, from, to);

    public static int Add(ref int place, int change) => ExploredWorld.Add(ref place, change);
}
