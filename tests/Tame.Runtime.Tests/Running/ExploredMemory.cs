using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>The action of a model of the sleep gate at each access. It may plant a fault there.</summary>
internal interface IExploredWorld
{
    ref int Sleeping { get; }

    bool IsInboxEmpty();

    int Read(ref readonly int place);

    int Exchange(ref int place, int value);

    void Sleep();

    void Wake();
}

/// <summary>Memory whose every access is a step of the schedule.</summary>
internal readonly struct ExploredMemory(IExploredWorld world) : ISleepMemory
{
    public ref int Sleeping => ref world.Sleeping;

    public bool IsInboxEmpty => world.IsInboxEmpty();

    public static int Read(ref readonly int place) => ((IExploredWorld)Schedule.Current.World!).Read(in place);

    public static void Write(ref int place, int value) => Schedule.Current.Write(ref place, value);

    public static int Exchange(ref int place, int value) => ((IExploredWorld)Schedule.Current.World!).Exchange(ref place, value);

    /// <summary>Holds are added before the threads run.</summary>
    public static unsafe int Add(ref int place, int change)
    {
        if (change > 0)
            return place += change;
        nint address = (nint)Unsafe.AsPointer(ref place);
        return Schedule.Current.Atomic(() => Interlocked.Add(ref *(int*)address, change));
    }

    public void Sleep(int timeout) => world.Sleep();

    public void Wake() => world.Wake();
}
