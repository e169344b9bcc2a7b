using System.Globalization;
using AsyncStreams;

// Squares arrive one at a time from an async iterator; the program prints each one when it arrives.
EventLoop.Run(done => Streams.Consume(Squares(5), square => Console.WriteLine(square.ToString(CultureInfo.InvariantCulture)), done));

static async IAsyncEnumerable<int> Squares(int count)
{
    for (int i = 1; i <= count; i++)
    {
        await Task.Delay(10);
        yield return i * i;
    }
}
