using System.Threading.Channels;

namespace Coordination;

/// <summary>A producer that can only send, and a consumer that can only receive.</summary>
public static partial class Halves
{
    #region halves
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var channel = new BoundedChannel<int>(1);
        using (twait())
        {
            Count(channel.Writer, output, mkevent());
            Print(channel.Reader, output, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Count(BoundedChannelWriter<int> numbers, TextWriter output, Event done);

    private static void CountBody(BoundedChannelWriter<int> numbers, TextWriter output, Event done)
    {
        for (int i = 1; i <= 3; i++)
            twait(e => numbers.Send(i, e));
        output.WriteLine($"complete: {numbers.TryComplete()}, again: {numbers.TryComplete()}");
        done.Trigger();
    }

    [Tamed] private static partial void Print(BoundedChannelReader<int> numbers, TextWriter output, Event done);

    private static void PrintBody(BoundedChannelReader<int> numbers, TextWriter output, Event done)
    {
        try
        {
            while (true)
            {
                twait(e => numbers.Receive(e), out int number);
                output.WriteLine(number);
            }
        }
        catch (ChannelClosedException)
        {
            output.WriteLine("no more");
        }
        done.Trigger();
    }
    #endregion
}
