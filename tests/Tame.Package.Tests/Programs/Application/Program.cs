using Tame;
using Upper;

var greetings = new string[2];
EventLoop.Run(done => LoudGreeter.GreetAll(["Ada", "Grace"], greetings, done));
foreach (var greeting in greetings) Console.WriteLine(greeting);
