using Tame.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>Reads the place of a slot inside an object.</summary>
public delegate ref T Pick<TOwner, T>(ref TOwner owner);

/// <summary>What the await side calls in place of the primitives.</summary>
public static class Awaiting
{
    public static AwaitedJoin Next(Rendezvous rendezvous, bool isOwn = false) => new(rendezvous, isOwn);

    public static AwaitedJoin<TId> Next<TId>(Rendezvous<TId> rendezvous, bool isOwn = false) => new(rendezvous, isOwn);

    public static AwaitedTask Next(Task task) => new(task);

    public static AwaitedTask<T> Next<T>(Task<T> task) => new(task);

    public static AwaitedTask Next(ValueTask task) => new(task.AsTask());

    public static AwaitedTask<T> Next<T>(ValueTask<T> task) => new(task.AsTask());

    /// <summary>A task whose result goes to a place that others can see: it is written when the task completes, as by an event of a block.</summary>
    public static TaskIntoPlace<T> Into<T>(Task<T> task) => new(task);

    public static TaskIntoPlace<T> Into<T>(ValueTask<T> task) => new(task.AsTask());

    /// <summary>Declares a variable in a condition.</summary>
    public static bool Declare<T>(out T place)
    {
        place = default!;
        return true;
    }

    public static AwaitedOutcome<TId> Outcome<TId>(Rendezvous<TId> rendezvous, bool isOwn = false) => new(rendezvous, isOwn);

    public static Event Make(Rendezvous rendezvous) => new Maker().Make(rendezvous, 0);

    public static Event<T> Make<T>(Rendezvous rendezvous, Slot<T> slot) => new Maker().Make(rendezvous, slot, 0);

    public static Event Make<TId>(Rendezvous<TId> rendezvous, TId id) => new Maker().Make(rendezvous, id, 0);

    public static Event<T> Make<TId, T>(Rendezvous<TId> rendezvous, TId id, Slot<T> slot) => new Maker().Make(rendezvous, id, slot, 0);

    /// <summary>A local, a parameter or a static field: written by a lambda, so that the compiler finds its place.</summary>
    public static Slot<T> Place<T>(T now, Action<T> write)
    {
        _ = now;
        return Slot.Static(write);
    }

    /// <summary>A local that is declared as a slot.</summary>
    public static Slot<T> Declared<T>(out T place, Action<T> write)
    {
        place = default!;
        return Slot.Static(write);
    }

    public static Slot<T> Element<T>(T[] array, int index) => Slot.At(array, ref array[index]);

    public static Slot<T> Element<T>(T[,] array, int row, int column) => Slot.At(array, ref array[row, column]);

    /// <summary>A field of a struct in an array.</summary>
    public static Slot<T> InElement<TElement, T>(TElement[] array, int index, Pick<TElement, T> pick) => Slot.At(array, ref pick(ref array[index]));

    /// <summary>A field of an object, or of a local of struct type.</summary>
    public static Slot<T> Field<TOwner, T>(TOwner owner, Pick<TOwner, T> pick, Action<T> write) =>
        typeof(TOwner).IsValueType ? Slot.Static(write) : Slot.At(owner!, ref pick(ref owner));

    /// <summary>Starts an async method that stands for a tamed one; from the ready queue where each tamed call starts there. All of the programs' methods have checkpoints.</summary>
    public static void Start(Func<Task> method)
    {
        if (StackLimit.IsAlwaysShort && EventLoop.Current is { } loop)
            loop.Post(() => Follow(method()));
        else
            Follow(method());
    }

    /// <summary>What escapes it at once goes to the caller, later to the loop.</summary>
    private static void Follow(Task task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }
        var world = World.Current;
        task.ContinueWith(
            failed => world.Write("unhandled:" + World.Text(FailureOf(failed))),
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>An async method from which an OperationCanceledException escapes ends as cancelled, and not as failed.</summary>
    private static Exception? FailureOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private sealed class Maker : Closure
    {
        private static readonly ClosureType s_type = new("Awaiting.Maker", "", line: 0, waits: "");

        public Maker()
        {
            _ = s_type.Rent();
            MarkCaptured();
        }

        public override ClosureType Type => s_type;

        protected override void Resume()
        {
        }

        protected override void Clear()
        {
        }
    }
}
