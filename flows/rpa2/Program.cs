using Rpa2;
using Seatrial.Worker.Hosting;

return await WorkerHost.RunAsync(Scoring.Configure);
