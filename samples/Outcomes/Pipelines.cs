using System.Threading.Channels;

namespace Outcomes;

/// <summary>How calls of one loop wait for each other.</summary>
public static partial class Pipelines
{
    #region pipeline
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var channel = new BoundedChannel<string>(1);
        using (twait())
        {
            Produce(channel, ["bread", "cheese", "apples"], output, mkevent());
            Consume(channel, output, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Produce(BoundedChannel<string> channel, string[] items, TextWriter output, Event done);

    private static void ProduceBody(BoundedChannel<string> channel, string[] items, TextWriter output, Event done)
    {
        foreach (string item in items)
        {
            twait(e => channel.Send(item, e));
            output.WriteLine($"sent {item}");
        }
        channel.Complete();
        done.Trigger();
    }

    [Tamed] private static partial void Consume(BoundedChannel<string> channel, TextWriter output, Event done);

    private static void ConsumeBody(BoundedChannel<string> channel, TextWriter output, Event done)
    {
        try
        {
            while (true)
            {
                twait(e => timer(TimeSpan.FromMilliseconds(20), e));
                twait(e => channel.Receive(e), out string item);
                output.WriteLine($"got {item}");
            }
        }
        catch (ChannelClosedException)
        {
            output.WriteLine("that was all");
        }
        done.Trigger();
    }
    #endregion
}
