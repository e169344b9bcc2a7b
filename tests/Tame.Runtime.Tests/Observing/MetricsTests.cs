using System.Diagnostics.Metrics;
using static Tame.Primitives;

namespace Tame.Runtime.Tests.Observing;

public sealed class MetricsTests
{
    private static int s_loops;
    private readonly string _name = $"measured {Interlocked.Increment(ref s_loops)}";

    [Fact]
    public void The_meter_shows_what_the_statistics_say()
    {
        Dictionary<string, double> seen = [];
        Run(listener => seen = listener.Observe(), c =>
        {
            timer(TimeSpan.FromHours(1), c.Make(1));
            timer(TimeSpan.FromHours(2), c.Make(2));
        });
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tame.loop.calls.live"] = 1,
                ["tame.loop.calls.blocked"] = 1,
                ["tame.loop.ready.length"] = 1,         // the probe of the delay
                ["tame.loop.timers"] = 2,
                ["tame.loop.descriptors"] = 0,
                ["tame.loop.events.made"] = 3,
                ["tame.loop.events.completed"] = 0,
                ["tame.loop.events.lost"] = 0,
            },
            seen.Where(pair => pair.Key is not ("tame.loop.busy.time" or "tame.loop.utilization")).ToDictionary());
        Assert.True(seen["tame.loop.busy.time"] > 0);
        Assert.InRange(seen["tame.loop.utilization"], 0, 1);
    }

    [Fact]
    public void Passes_delays_and_the_stages_of_the_end_are_recorded()
    {
        using var listener = new LoopListener(_name);
        Run(_ => { }, c => timer(TimeSpan.FromHours(1), c.Make(1)));
        Assert.NotEmpty(listener.Recorded("tame.loop.pass.duration"));
        Assert.NotEmpty(listener.Recorded("tame.loop.ready.delay"));
        Assert.All(listener.Recorded("tame.loop.ready.delay"), delay => Assert.InRange(delay.Value, 0, 60));
        Assert.Equal(["cancel", "abandon", "tell", "close", "drop"], listener.Recorded("tame.loop.shutdown.duration").Select(record => record.Stage));
    }

    [Fact]
    public void What_waits_for_its_turn_behind_a_long_action_is_delayed_as_long()
    {
        using var listener = new LoopListener(_name);
        var loop = new EventLoop(new EventLoopOptions { Name = _name });
        loop.Post(() => Thread.Sleep(40));
        loop.Post(loop.Stop);
        loop.Run();
        loop.Dispose();
        Assert.Contains(listener.Recorded("tame.loop.ready.delay"), delay => delay.Value >= 0.04);
        Assert.Contains(listener.Recorded("tame.loop.pass.duration"), pass => pass.Value >= 0.04);
    }

    [Fact]
    public void An_ended_loop_is_measured_no_more()
    {
        using var listener = new LoopListener(_name);
        Run(inside => Assert.NotEmpty(inside.Observe()), c => timer(TimeSpan.FromHours(1), c.Make(1)));
        Assert.Empty(listener.Observe());
    }

    [Fact]
    public void A_loop_without_a_name_has_a_number()
    {
        using var first = new EventLoop();
        using var second = new EventLoop();
        Assert.Matches("^loop [0-9]+$", first.Name);
        Assert.NotEqual(first.Name, second.Name);
    }

    [Fact]
    public void Without_a_listener_a_pass_allocates_nothing()
    {
        using var loop = new EventLoop();
        loop.Post(() => { });
        loop.RunOnce();
        long before = GC.GetAllocatedBytesForCurrentThread();
        loop.RunOnce();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Runs a call with the given wait, and measures while it waits.</summary>
    private void Run(Action<LoopListener> look, Action<Call> wait)
    {
        using var listener = new LoopListener(_name);
        EventLoop.Run(
            done =>
            {
                EventLoop.Current!.Post(() => look(listener));
                Call.Blocks(done, wait);
            },
            new EventLoopOptions { VirtualTime = true, Name = _name });
    }

    /// <summary>Listens to the instruments of one loop.</summary>
    private sealed class LoopListener : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly string _loop;
        private readonly List<(string Name, double Value, string? Stage)> _recorded = [];

        public LoopListener(string loop)
        {
            _loop = loop;
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Tame")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.Start();
        }

        public Dictionary<string, double> Observe()
        {
            lock (_recorded)
                _recorded.Clear();
            _listener.RecordObservableInstruments();
            lock (_recorded)
                return _recorded.ToDictionary(record => record.Name, record => record.Value);
        }

        public List<(string Name, double Value, string? Stage)> Recorded(string name)
        {
            lock (_recorded)
                return [.. _recorded.Where(record => record.Name == name)];
        }

        public void Dispose() => _listener.Dispose();

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? name = null, stage = null;
            foreach (var tag in tags)
            {
                if (tag.Key == "tame.loop.name")
                    name = (string?)tag.Value;
                else if (tag.Key == "tame.shutdown.stage")
                    stage = (string?)tag.Value;
            }
            if (name != _loop)
                return;
            lock (_recorded)
                _recorded.Add((instrument.Name, value, stage));
        }
    }
}
