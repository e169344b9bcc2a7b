namespace Tame;

/// <summary>
/// Something that calls take and give back, and of which there is only so much: buffers, connections to a database, places in a queue. A loop that knows it by
/// <see cref="EventLoopOptions.Resources"/> says by <see cref="EventLoop.Admission"/> when new work is welcome, and with <see cref="SchedulingPolicy.ResourceAware"/>
/// runs calls that give it back before those that take more.
/// </summary>
/// <remarks>A resource belongs to one loop. It may be read on any thread, and changed on the loop's thread alone. Source: resource-aware scheduling of Capriccio.</remarks>
public class Resource
{
    private EventLoop? _loop;
    private long _used;

    /// <summary>A resource that the program counts itself, by <see cref="Take"/> and <see cref="Give"/>.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="capacity">How much there is, in a unit of your choice; at least one.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public Resource(string name, long capacity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (Name, Capacity) = (name, capacity);
    }

    /// <summary>The name in reports.</summary>
    public string Name { get; }

    /// <summary>How much there is.</summary>
    public long Capacity { get; }

    /// <summary>How much is taken now; for what the system counts, when it was measured last.</summary>
    public long Used => Volatile.Read(in _used);

    /// <summary>The share of the capacity from which on the resource is scarce: 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between zero and one.</exception>
    public double HighWatermark
    {
        get;
        init => field = Share(value);
    } = 0.9;

    /// <summary>The share of the capacity down to which a scarce resource must fall to be scarce no longer: 0.8 by default. If it is above the high watermark, that counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not between zero and one.</exception>
    public double LowWatermark
    {
        get;
        init => field = Share(value);
    } = 0.8;

    /// <summary>Its use reached the high watermark and has not fallen to the low one since.</summary>
    public bool IsScarce { get; private set; }

    /// <summary>Calls that have taken of it more than they have given back.</summary>
    internal int Holders { get; set; }

    /// <summary>Of these, those that can run and have not had their turn.</summary>
    internal int ReadyHolders { get; set; }

    /// <summary>The least that a stretch of code takes to count as taking.</summary>
    internal virtual double LeastTaken => 0;

    /// <summary>The memory load that the garbage collector saw at its last collection, of the load from which on it considers memory high. In bytes.</summary>
    /// <param name="highWatermark">The share from which on it is scarce.</param>
    /// <param name="lowWatermark">The share down to which it must fall to be scarce no longer.</param>
    /// <returns>A resource for one loop. It counts what a stretch of code allocates as taken, until the call ends.</returns>
    public static Resource ManagedMemory(double highWatermark = 1, double lowWatermark = 0.95) =>
        new ManagedMemoryResource { HighWatermark = highWatermark, LowWatermark = lowWatermark };

    /// <summary>Open descriptors of the process, of those that its limit allows (<c>ulimit -n</c>).</summary>
    /// <param name="highWatermark">The share from which on they are scarce.</param>
    /// <param name="lowWatermark">The share down to which they must fall to be scarce no longer.</param>
    /// <returns>A resource for one loop. It counts the descriptors that Tame.IO opens and closes as taken and given back.</returns>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static Resource Descriptors(double highWatermark = 0.9, double lowWatermark = 0.8) =>
        new DescriptorResource { HighWatermark = highWatermark, LowWatermark = lowWatermark };

    /// <summary>The time of the loop's thread, in thousandths of the last tenth of a second. A stretch of code takes the time that it runs, until its call ends.</summary>
    /// <param name="highWatermark">The share from which on it is scarce.</param>
    /// <param name="lowWatermark">The share down to which it must fall to be scarce no longer.</param>
    /// <returns>A resource for one loop.</returns>
    public static Resource Processor(double highWatermark = 0.9, double lowWatermark = 0.8) =>
        new ProcessorResource { HighWatermark = highWatermark, LowWatermark = lowWatermark };

    /// <summary>A call takes so much. It may be more than there is: the resource then is scarce.</summary>
    /// <param name="amount">How much, in the unit of the capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    /// <exception cref="InvalidOperationException">This is not the thread of the resource's loop, or the system counts the resource.</exception>
    public void Take(long amount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Change(amount);
    }

    /// <summary>A call gives so much back.</summary>
    /// <param name="amount">How much, in the unit of the capacity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or more than is taken.</exception>
    /// <exception cref="InvalidOperationException">This is not the thread of the resource's loop, or the system counts the resource.</exception>
    public void Give(long amount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Used);
        Change(-amount);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Used} of {Capacity}{(IsScarce ? ", scarce" : "")}";

    /// <summary>The resource belongs to that loop from now on.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another one.</exception>
    internal void Attach(EventLoop loop)
    {
        if (_loop is not null && !_loop.IsEnded)
            throw new InvalidOperationException($"The resource {Name} belongs to another event loop. Make one for each loop.");
        _loop = loop;
    }

    /// <summary>Asks the system, where it counts the resource.</summary>
    internal virtual void Measure(EventLoop loop)
    {
    }

    /// <summary>What the running code has taken so far, less what it has given back.</summary>
    internal virtual double Taken(EventLoop loop) => Used;

    /// <summary>Whether a call that ends has given back what it took.</summary>
    internal virtual bool EndsWithCall => false;

    /// <summary>The use is that.</summary>
    private protected void Set(long used)
    {
        Volatile.Write(ref _used, used);
        double share = (double)used / Capacity;
        IsScarce = share >= HighWatermark || IsScarce && share > LowWatermark;
    }

    private protected virtual void Change(long amount)
    {
        if (_loop is null)
            throw new InvalidOperationException($"No event loop has the resource {Name}. Give it to one by EventLoopOptions.Resources.");
        if (!LoopThread.HasEntered(_loop))
            throw Errors.WrongThread(_loop);
        Set(Used + amount);
    }

    private static double Share(double value)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A watermark is a share of the capacity, from 0 to 1.");
        return value;
    }
}
